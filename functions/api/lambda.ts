import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** What an app is asked; `event` is what stands around the request. */
export interface FetchApp {
  fetch: (request: Request, environment: { event: APIGatewayProxyEventV2 }) => Response | Promise<Response>;
}

/** Puts an app that answers requests behind an HTTP API. Answers are text. */
export function lambdaOf(app: FetchApp) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const response = await app.fetch(requestOf(event), { event });
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  };
}

function requestOf(event: APIGatewayProxyEventV2): Request {
  const { method } = event.requestContext.http;
  // Only the path matters to the app; the host is API Gateway's own business.
  const url = new URL('https://earshot.invalid');
  // The gateway has decoded the path: a “#” in it is a character of an alert's id.
  url.pathname = event.rawPath;
  url.search = event.rawQueryString;
  const headers = Object.entries(event.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const body = event.body === undefined ? null : Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  return new Request(url, { method, headers, body });
}
