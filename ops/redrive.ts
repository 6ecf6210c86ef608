import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteMessageCommand, paginateListQueues, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { Command } from 'commander';
import { UserError } from '../local/user-error.ts';
import { entryOf } from './dead-letter.ts';
import {
  addCommonOptions,
  Deployment,
  type Dependencies,
  type DeploymentOptions,
  type OutputOptions,
} from './deployment.ts';

interface Options extends DeploymentOptions, OutputOptions {
  readonly bus?: string;
}

const RECEIVE_LIMIT = 10;

export function redriveCommand(dependencies: Dependencies): Command {
  return addCommonOptions(
    new Command('redrive')
      .description('put the events in a dead-letter queue on the bus again, once each; what is no event stays')
      .argument(
        '<queue>',
        'what distinguishes the queue from the others of the stage, such as IngestFailed, or its whole name',
      )
      .option('--bus <name>', 'the bus, else that of the stage'),
  ).action(async (queue: string, options: Options) => {
    const deployment = new Deployment(options, dependencies);
    const { sqs, eventBridge } = deployment;
    const queueUrl = await queueNamed(queue, sqs, deployment.queuePrefix);
    const busName = options.bus ?? (await deployment.busName());
    // What fails again returns to the queue: it is for another time.
    const startedAt = Date.now();
    let [sent, left] = [0, 0];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: RECEIVE_LIMIT,
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      if (Messages.length === 0) break;
      for (const { Body = '', Attributes, ReceiptHandle } of Messages) {
        const entry = entryOf(Body, busName);
        if (!entry || Number(Attributes?.SentTimestamp ?? 0) > startedAt) {
          left++;
          continue;
        }
        const { Entries = [] } = await eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
        const code = Entries[0]?.ErrorCode;
        if (code !== undefined) {
          throw new UserError(
            `EventBridge refused an event (${code}), which stays in the queue; ${sent} were sent before. Run it again when the cause is mended.`,
          );
        }
        await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
        sent++;
      }
    }
    if (options.json) dependencies.print(JSON.stringify({ queueUrl, busName, sent, left }));
    else dependencies.print(`${sent} events are on the bus ${busName} again, ${left} messages stay in the queue.`);
  });
}

/**
 * The URL of the one queue that is meant.
 * @throws {UserError} with the names to choose from
 */
async function queueNamed(name: string, client: SQSClient, prefix: string): Promise<string> {
  const isWhole = name.startsWith(prefix);
  const found: string[] = [];
  for await (const { QueueUrls = [] } of paginateListQueues(
    { client, pageSize: 100 },
    { QueueNamePrefix: isWhole ? name : prefix },
  )) {
    found.push(...QueueUrls);
  }
  const nameOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);
  const meant = isWhole ? found : found.filter((url) => nameOf(url).slice(prefix.length).startsWith(name));
  const [only, ...others] = meant;
  if (only !== undefined && others.length === 0) return only;
  const names = (only === undefined ? found : meant).map(nameOf);
  throw new UserError(
    names.length === 0
      ? `There is no queue ${prefix}… here. Name the deployment with --stage and --region.`
      : `${only === undefined ? 'No' : 'More than one'} queue is called ${prefix}${isWhole ? '' : `${name}…`}. Choose one of these:\n  ${names.join('\n  ')}`,
  );
}
