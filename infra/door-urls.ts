import { Aws } from 'aws-cdk-lib';
import type { HttpApi, HttpStage, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';

/** Where people's doors are reached. */
export interface DoorUrls {
  readonly api: string;
  readonly webSocket: string;
  /** Where the cloud posts messages to WebSocket connections. */
  readonly callback: string;
}

/** The one stage of the WebSocket API. By name, for what runs behind a stage cannot also wait for it. */
export const LIVE_STAGE = 'live';

/**
 * The addresses of the doors: their own on AWS, paths under one address on an endpoint that stands for AWS.
 * @param endpointUrl of such an endpoint
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
