import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { lambdaOf } from './lambda.ts';

const event = (overrides: Partial<APIGatewayProxyEventV2>, method = 'GET') =>
  ({
    rawPath: '/calls',
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    requestContext: { http: { method }, domainName: 'abc.execute-api.127.0.0.1' },
    ...overrides,
  }) as APIGatewayProxyEventV2;

const echo = lambdaOf({
  fetch: async (request) => {
    const { pathname, search } = new URL(request.url);
    const said = { pathname, search, method: request.method, type: request.headers.get('content-type') };
    return Response.json({ ...said, body: await request.text() }, { status: 202 });
  },
});
const bodyOf = ({ body = '' }: { body?: string | undefined }) => JSON.parse(body) as unknown;

describe('lambdaOf', () => {
  it('hands on method, path, query, headers and body', async () => {
    const answer = await echo(
      event({ rawQueryString: 'a=1&b=%20', headers: { 'content-type': 'text/plain' }, body: 'Ä' }, 'POST'),
    );
    expect(answer).toMatchObject({ statusCode: 202, headers: { 'content-type': 'application/json' } });
    expect(bodyOf(answer)).toEqual({
      pathname: '/calls',
      search: '?a=1&b=%20',
      method: 'POST',
      type: 'text/plain',
      body: 'Ä',
    });
  });

  it('decodes a body in base64', async () => {
    const body = Buffer.from('Ä').toString('base64');
    expect(bodyOf(await echo(event({ body, isBase64Encoded: true }, 'PUT')))).toMatchObject({ body: 'Ä' });
  });
});
