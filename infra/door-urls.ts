import type { HttpApi, HttpStage, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';

/** Where people's doors are reached. */
export interface DoorUrls {
  readonly api: string;
  readonly webSocket: string;
  /** Where the cloud posts messages to WebSocket connections. */
  readonly callback: string;
}

/**
 * The addresses of the doors: their own on AWS, paths under one address on an endpoint that stands for AWS.
 * @param endpointUrl of such an endpoint
 */
export function doorUrls(
  http: { api: HttpApi; stage: HttpStage },
  socket: { api: WebSocketApi; stage: WebSocketStage },
  endpointUrl: string | undefined,
): DoorUrls {
  if (endpointUrl === undefined) {
    return { api: http.api.apiEndpoint, webSocket: socket.stage.url, callback: socket.stage.callbackUrl };
  }
  const root = `${endpointUrl.replace(/\/$/, '')}/_aws/execute-api`;
  const callback = `${root}/${socket.api.apiId}/${socket.stage.stageName}`;
  return {
    api: `${root}/${http.api.apiId}/${http.stage.stageName}`,
    webSocket: callback.replace(/^http/, 'ws'),
    callback,
  };
}
