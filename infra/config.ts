import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';
import { z } from 'zod';
import { relayListSchema } from '#core/contracts/relay-list.ts';

const emails = z
  .string()
  .default('')
  .transform((list) => list.split(',').filter(Boolean))
  .pipe(z.array(z.email()));

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

/** Of each function's concurrency one execution at least, of the busiest some. */
const MIN_RESERVED_CONCURRENCY = 50;

const secretName = z.string().regex(/^[\w/+=.@-]{1,512}$/);

/** The options that an operator sets with `-c name=value`; see docs/deployment.md. */
export const contextSchema = z
  .strictObject({
    /** Part of every stack's name; `local` is for an endpoint on this machine and retains nothing when destroyed. */
    stage: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,15}$/)
      .default('prod'),
    /** How long calls, utterances and alerts are stored. */
    retentionDays: z.coerce.number().int().min(1).max(3650).default(90),
    /** Addresses, separated by commas, that are notified when a part of Earshot itself fails. */
    alarmEmails: emails,
    /** The sender of alert e-mails, an identity verified with SES, and the recipients; without them none are sent. */
    alertEmailFrom: z.email().optional(),
    alertEmails: emails,
    /** The name of the secret in Secrets Manager that holds the URL of a Slack webhook. */
    slackSecretName: secretName.optional(),
    /** A reminder of a critical alert is sent if nobody has acknowledged it after this time. */
    escalateAfterMinutes: z.coerce.number().int().min(1).max(1440).default(5),
    /** The page's own domain name, and its certificate in us-east-1. */
    siteDomain: z.hostname().optional(),
    siteCertificateArn: z
      .string()
      .regex(/^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, 'CloudFront takes certificates of us-east-1.')
      .optional(),
    /** The page's address, if it is neither `siteDomain` nor CloudFront's own. */
    siteUrl: z.url().optional(),
    /** The domain prefix of Cognito's managed login; needs `siteDomain` or `siteUrl`. Default: the page's own form. */
    loginPrefix: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
      .optional(),
    /** An AWS WAF web ACL of scope CLOUDFRONT that protects the page. */
    webAclArn: z
      .string()
      .regex(
        /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/.+$/,
        'A web ACL of scope CLOUDFRONT is in us-east-1.',
      )
      .optional(),
    /** Every relay with its PBX: `berlin-1@berlin,munich-1@munich`. Each gets a policy of its own. */
    relays: relayListSchema,
    /** A trust anchor of IAM Roles Anywhere: each relay gets a role that a certificate with its id as CN may assume. */
    relayTrustAnchorArn: z
      .string()
      .regex(/^arn:aws[\w-]*:rolesanywhere:[\w-]+:\d{12}:trust-anchor\/[\w-]+$/)
      .optional(),
    /** Encrypts the table and the alert topics with a customer-managed key. */
    ownKey: flag,
    /** The stream of a restored table, which takes the place of the stack's own; see docs/operations.md. */
    tableStreamArn: z
      .string()
      .regex(
        /^arn:aws[\w-]*:dynamodb:[\w-]+:\d{12}:table\/[\w.-]{3,255}\/stream\/[\d:T.-]+$/,
        'This is no stream of a DynamoDB table.',
      )
      .optional(),
    /** Sends traces of the functions to X-Ray. */
    tracing: flag,
    /** Which engine scores utterances; see docs/sentiment.md. */
    sentiment: z.enum(['vader', 'textblob', 'transformer', 'comprehend']).default('vader'),
    /** A Lambda layer with `onnxruntime-web` and the model in `/opt/model`, for the engine `transformer`. */
    sentimentLayerArn: z
      .string()
      .regex(/^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:layer:[\w-]+:\d+$/)
      .optional(),
    /** Who writes the recaps of calls; see docs/recaps.md. */
    recap: z.enum(['extract', 'bedrock', 'openai']).default('extract'),
    /** The model: its id or inference profile in Bedrock, or its name on the server. */
    recapModel: z
      .string()
      .regex(/^[\w.:/-]{1,200}$/)
      .optional(),
    /** Of a server that speaks OpenAI's chat completions: the address before `/chat/completions`. */
    recapUrl: z.url({ protocol: /^https?$/ }).optional(),
    /** The name of the secret in Secrets Manager that holds the server's key. */
    recapSecretName: secretName.optional(),
    /**
     * The concurrent executions that the functions may use in all, divided among them: each gets its share for itself,
     * and no more. Unset, they share the account's. See docs/deployment.md.
     */
    reservedConcurrency: z.coerce.number().int().min(MIN_RESERVED_CONCURRENCY).max(100_000).optional(),
    /** How long logs are retained: one of CloudWatch's periods. */
    logRetentionDays: z.coerce.number().pipe(z.enum(RetentionDays)).default(RetentionDays.ONE_MONTH),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
  })
  .refine(({ siteDomain, siteCertificateArn }) => (siteDomain === undefined) === (siteCertificateArn === undefined), {
    path: ['siteCertificateArn'],
    error: 'siteDomain and siteCertificateArn belong together.',
  })
  .refine(
    ({ loginPrefix, siteDomain, siteUrl }) =>
      loginPrefix === undefined || siteDomain !== undefined || siteUrl !== undefined,
    { path: ['loginPrefix'], error: 'Managed login must know where the page is: set siteDomain or siteUrl.' },
  )
  .refine(({ alertEmailFrom, alertEmails }) => (alertEmailFrom === undefined) === (alertEmails.length === 0), {
    path: ['alertEmailFrom'],
    error: 'alertEmailFrom and alertEmails belong together.',
  })
  .refine(({ sentiment, sentimentLayerArn }) => sentiment !== 'transformer' || sentimentLayerArn !== undefined, {
    path: ['sentimentLayerArn'],
    error: 'The engine transformer needs a layer with its runtime and its model.',
  })
  .refine(({ recap, recapModel }) => (recap === 'extract') === (recapModel === undefined), {
    path: ['recapModel'],
    error: 'Recaps by bedrock and openai need recapModel; those by extract have none.',
  })
  .refine(({ recap, recapUrl }) => (recap === 'openai') === (recapUrl !== undefined), {
    path: ['recapUrl'],
    error: 'Recaps by openai need recapUrl; others have none.',
  })
  .refine(({ recap, recapSecretName }) => recap === 'openai' || recapSecretName === undefined, {
    path: ['recapSecretName'],
    error: 'Only recaps by openai have a key.',
  });

const environmentSchema = z.object({ AWS_ENDPOINT_URL: z.url().optional() });

/** Settings of one deployment. */
export type InfraConfig = z.infer<typeof contextSchema> & {
  /** An AWS endpoint other than AWS's own; the APIs are at paths of it. */
  readonly endpointUrl: string | undefined;
};

/**
 * Reads the context and the environment.
 * @throws ZodError naming each invalid value
 */
export function readInfraConfig(node: Node, environment: NodeJS.ProcessEnv = process.env): InfraConfig {
  const names = Object.keys(contextSchema.shape);
  const context = Object.fromEntries(names.map((name) => [name, node.tryGetContext(name) as unknown]));
  return { ...contextSchema.parse(context), endpointUrl: environmentSchema.parse(environment).AWS_ENDPOINT_URL };
}

/** The configured address of the page; undefined if it is CloudFront's own. */
export function siteUrlOf({ siteUrl, siteDomain }: InfraConfig): string | undefined {
  return (siteUrl ?? (siteDomain === undefined ? undefined : `https://${siteDomain}`))?.replace(/\/$/, '');
}
