import { SignatureV4, type SignatureV4Init } from '@smithy/signature-v4';
import { UserError } from '../local/user-error.ts';

/** Region, credentials and hash as an AWS client has them. */
type Signing = Required<Pick<SignatureV4Init, 'region' | 'credentials' | 'sha256'>>;

const API_VERSION = '2010-05-15';
const ANSWER_MS = 15_000;

/**
 * The outputs of a CloudFormation stack. The one request is signed here (AWS Signature Version 4): the project needs no
 * other of that service.
 * @param endpoint other than AWS's own
 * @throws {UserError} when there is no such stack, or it may not be read
 */
export async function stackOutputs(
  stackName: string,
  { region: regionOf, credentials, sha256 }: Signing,
  endpoint?: string,
): Promise<Record<string, string>> {
  const region = typeof regionOf === 'string' ? regionOf : await regionOf();
  const url = new URL(endpoint ?? awsEndpoint(region));
  const body = new URLSearchParams({
    Action: 'DescribeStacks',
    Version: API_VERSION,
    StackName: stackName,
  }).toString();
  const { headers } = await new SignatureV4({ service: 'cloudformation', region, credentials, sha256 }).sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    query: {},
    headers: { host: url.host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body,
  });
  const response = await fetch(new URL('/', url), {
    method: 'POST',
    headers,
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const answer = await response.text();
  if (response.ok) return outputsIn(answer);
  const reason = textOf(answer, 'Message') ?? `status ${response.status}`;
  throw new UserError(
    `The stack ${stackName} in ${region} cannot be read: ${reason}. Name the deployment with --stage and --region, or name what is needed of it (--table, --user-pool, --bus).`,
  );
}

function awsEndpoint(region: string): string {
  return `https://cloudformation.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

/** The outputs in an answer to DescribeStacks. */
export function outputsIn(xml: string): Record<string, string> {
  const outputs = /<Outputs>(?<outputs>.*?)<\/Outputs>/s.exec(xml)?.groups?.['outputs'] ?? '';
  const members = [...outputs.matchAll(/<member>(.*?)<\/member>/gs)].map(([, member = '']) => member);
  return Object.fromEntries(
    members.map((member) => [textOf(member, 'OutputKey') ?? '', textOf(member, 'OutputValue') ?? '']),
  );
}

function textOf(xml: string, element: string): string | undefined {
  return new RegExp(`<${element}>(.*?)</${element}>`, 's')
    .exec(xml)?.[1]
    ?.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};
