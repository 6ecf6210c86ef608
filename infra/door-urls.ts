import { Aws } from 'aws-cdk-lib';
import type { HttpApi, HttpStage, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';

/** The addresses of the APIs. */
export interface DoorUrls {
  readonly api: string;
  readonly webSocket: string;
  /** For posting messages to WebSocket connections. */
  readonly callback: string;
}

/** The only stage of the WebSocket API; a constant, because the functions behind a stage cannot depend on it. */
export const LIVE_STAGE = 'live';

/**
 * The addresses of the APIs: on AWS each has its own, on another endpoint they are paths of it.
 * @param endpointUrl an endpoint other than AWS's own
 */
export function doorUrls(
  http: { api: HttpApi; stage: HttpStage },
  socketApi: WebSocketApi,
  endpointUrl: string | undefined,
): DoorUrls {
  if (endpointUrl === undefined) {
    return {
      api: http.api.apiEndpoint,
      webSocket: `${socketApi.apiEndpoint}/${LIVE_STAGE}`,
      callback: `https://${socketApi.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${LIVE_STAGE}`,
    };
  }
  const root = `${endpointUrl.replace(/\/$/, '')}/_aws/execute-api`;
  const callback = `${root}/${socketApi.apiId}/${LIVE_STAGE}`;
  return {
    api: `${root}/${http.api.apiId}/${http.stage.stageName}`,
    webSocket: callback.replace(/^http/, 'ws'),
    callback,
  };
}
