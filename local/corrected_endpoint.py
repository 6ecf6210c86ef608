"""Starts MiniStack 1.5.33 with the corrections that this version still needs to behave as AWS does.

Each correction has a test in e2e/local-aws; drop it here when a newer version passes without it.
"""

import hashlib
import json
import os
import queue
import sys
import threading
import time
import uuid

import ministack.app as app
from ministack.core import lambda_runtime, sigv4
from ministack.services import apigateway, dynamodb, eventbridge, lambda_svc
from ministack.services.cloudformation import provisioners

ASYNC_INVOCATIONS_AT_ONCE = 8
STREAM_POLL_SECONDS = 0.02


def deliver_events_with_retries():
    """EventBridge invokes a function once and forgets it; AWS invokes asynchronously, with retries and a destination.

    A bounded number of workers stands for Lambda's concurrency, so that a burst does not start a process an event.
    """
    waiting = queue.Queue()

    def work():
        while True:
            record, event, attempt = waiting.get()
            try:
                result = lambda_svc._execute_function_with_config_scope(record, event)
                if result.get("error"):
                    retry_or_give_up(record, event, attempt, result)
            except Exception:
                eventbridge.logger.exception("asynchronous invocation failed")

    def retry_or_give_up(record, event, attempt, result):
        config = record.get("config") or record
        settings = record.get("event_invoke_config") or (record.get("event_invoke_configs") or {}).get("$LATEST") or {}
        retries = settings.get("MaximumRetryAttempts")
        if attempt < (2 if retries is None else int(retries)):
            threading.Timer(2**attempt, waiting.put, [(record, event, attempt + 1)]).start()
            return
        destination = (settings.get("DestinationConfig") or {}).get("OnFailure", {}).get("Destination")
        destination = destination or (config.get("DeadLetterConfig") or {}).get("TargetArn")
        if destination:
            lambda_svc._run_with_function_config_scope(
                record, lambda_svc._route_async_failure, destination, config.get("FunctionName"), event, result
            )

    def dispatch(arn, payload):
        function, config, name = lambda_svc._get_func_record_for_ref(arn)
        if not function or not config:
            eventbridge.logger.warning("EventBridge target %s not found", name)
            return
        waiting.put((lambda_svc._execution_record_for_config(function, config), json.loads(payload), 0))

    for _ in range(ASYNC_INVOCATIONS_AT_ONCE):
        threading.Thread(target=work, daemon=True).start()
    eventbridge._dispatch_to_lambda = dispatch


def keep_processes_after_errors():
    """A process is killed when its handler fails, and the next event starts another; AWS keeps it, as its work is done."""
    worker = lambda_runtime.Worker
    spawn, invoke = worker._spawn, worker.invoke
    failed = '{"status":"error"'

    class Answers:
        """A process's output, in which the error of a handler looks like any other result."""

        def __init__(self, output):
            self._output = output

        def __getattr__(self, name):
            return getattr(self._output, name)

        def readline(self):
            line = self._output.readline()
            return '{"status":"ok","failed":true' + line[len(failed) :] if line.startswith(failed) else line

    def spawn_with_answers(self):
        spawn(self)
        self._proc.stdout = Answers(self._proc.stdout)

    def invoke_and_keep(self, *arguments, **named):
        response = invoke(self, *arguments, **named)
        return {**response, "status": "error"} if response.get("failed") else response

    worker._spawn = spawn_with_answers
    worker.invoke = invoke_and_keep


def accept_types_without_a_provisioner():
    """CloudFormation refuses types that have no meaning on one machine; accept them and create nothing."""
    for resource_type in (
        "AWS::ApiGatewayV2::RouteResponse",
        "AWS::CloudWatch::CompositeAlarm",
        "AWS::Logs::QueryDefinition",
    ):
        if resource_type in provisioners._RESOURCE_HANDLERS:
            continue
        provisioners._RESOURCE_HANDLERS[resource_type] = {
            "create": lambda logical_id, properties, stack: (f"{logical_id}-{uuid.uuid4().hex[:12]}", {}),
            "update": lambda physical_id, old, new, stack: (physical_id, {}),
            "delete": lambda physical_id, properties: None,
        }


def read_cors_as_cloudformation_writes_it():
    """CloudFormation capitalizes the fields of an API's CORS settings; MiniStack reads them as the API names them."""
    handler = provisioners._RESOURCE_HANDLERS["AWS::ApiGatewayV2::Api"]

    def corrected(argument):
        if not isinstance(argument, dict) or "CorsConfiguration" not in argument:
            return argument
        settings = argument["CorsConfiguration"]
        return {
            **argument,
            "CorsConfiguration": {name[:1].lower() + name[1:]: value for name, value in settings.items()},
        }

    def with_corrected_arguments(original):
        return lambda *arguments, **named: original(*map(corrected, arguments), **named)

    for operation in ("create", "update"):
        handler[operation] = with_corrected_arguments(handler[operation])


def poll_mappings_side_by_side():
    """One thread polls all stream mappings, so a slow function holds up the others; on AWS each has its own poller."""
    every_mapping = lambda_svc._iter_all_esms
    poll_streams = lambda_svc._poll_dynamodb_streams
    own = threading.local()
    polled = set()

    def visible_mappings():
        wanted = getattr(own, "mapping_id", None)
        return [row for row in every_mapping() if wanted is None or row[2]["UUID"] == wanted]

    def poll_one(mapping_id):
        own.mapping_id = mapping_id
        while visible_mappings():
            try:
                found_work = poll_streams()
            except Exception:
                lambda_svc.logger.exception("event source mapping")
                found_work = False
            if not found_work:
                time.sleep(STREAM_POLL_SECONDS)
        polled.discard(mapping_id)

    def start_new_pollers():
        for _, _, mapping in every_mapping():
            if ":dynamodb:" in mapping.get("EventSourceArn", "") and mapping["UUID"] not in polled:
                polled.add(mapping["UUID"])
                threading.Thread(target=poll_one, args=(mapping["UUID"],), daemon=True).start()
        return False

    lambda_svc._iter_all_esms = visible_mappings
    lambda_svc._poll_dynamodb_streams = start_new_pollers


def let_tables_forget():
    """CloudFormation's time-to-live of a table is ignored."""
    for resource_type in ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"):
        handler = provisioners._RESOURCE_HANDLERS[resource_type]

        def create(logical_id, properties, stack, original=handler["create"]):
            name, attributes = original(logical_id, properties, stack)
            wanted = properties.get("TimeToLiveSpecification")
            if wanted:
                enabled = str(wanted.get("Enabled", True)).lower() == "true"
                dynamodb._ttl_settings[name] = {
                    "TimeToLiveStatus": "ENABLED" if enabled else "DISABLED",
                    "AttributeName": wanted["AttributeName"],
                }
            return name, attributes

        handler["create"] = create


def check_signatures_of_iam_routes():
    """A route with IAM authorization lets in whoever sends an Authorization header, whatever is in it."""
    execute = app._handle_execute_api_request

    def is_signed(method, raw_path, query_params, headers, body):
        signature = sigv4.parse_header_signature(headers)
        body_hash = hashlib.sha256(body).hexdigest()
        return (
            headers.get("authorization", "").startswith("AWS4-HMAC-SHA256 ")
            and isinstance(signature, sigv4.HeaderSignature)
            and signature.access_key_id == os.environ["AWS_ACCESS_KEY_ID"]
            and signature.service == "execute-api"
            and headers.get("x-amz-content-sha256", body_hash) == body_hash
            and not sigv4.request_time_failure(signature)
            and not sigv4.header_signature_failure(
                signature, os.environ["AWS_SECRET_ACCESS_KEY"], method, raw_path, query_params, headers, body
            )
        )

    async def checked(host, path, method, headers, body, query_params, raw_path=None, raw_query_string=None):
        parsed = app._parse_execute_api_url(host, path)
        if parsed and method != "OPTIONS":
            api, stage, execute_path = parsed
            stage, execute_path = app._resolve_stage_and_path(api, stage, execute_path)
            needed = app._execute_api_authorization_type(api, stage, method, execute_path)
            if needed == "AWS_IAM" and not is_signed(method, raw_path or path, query_params, headers, body):
                return 403, {"Content-Type": "application/json"}, b'{"message":"Forbidden"}'
        return await execute(host, path, method, headers, body, query_params, raw_path, raw_query_string)

    app._handle_execute_api_request = checked


def name_apis_by_a_domain():
    """Events name an API `<id>.execute-api.127.0.0.1`, which is no host that a URL can have; on AWS it is one."""
    apigateway._HOST = "localhost"


def die_with_parent(parent):
    """A killed parent cannot stop us, so watch for it."""

    def watch():
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    if "--die-with-parent" in sys.argv:
        sys.argv.remove("--die-with-parent")
        die_with_parent(os.getppid())
    deliver_events_with_retries()
    keep_processes_after_errors()
    accept_types_without_a_provisioner()
    read_cors_as_cloudformation_writes_it()
    poll_mappings_side_by_side()
    let_tables_forget()
    check_signatures_of_iam_routes()
    name_apis_by_a_domain()
    app.main()
