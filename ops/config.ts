import { z } from 'zod';

const environmentSchema = z.object({
  AWS_ENDPOINT_URL_CLOUDFORMATION: z.url().optional(),
  AWS_ENDPOINT_URL: z.url().optional(),
});

/**
 * The endpoint of CloudFormation that the environment names, as the AWS clients read theirs; undefined is AWS's own.
 * @throws {z.ZodError} naming the variable that is wrong
 */
export function cloudFormationEndpoint(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { AWS_ENDPOINT_URL_CLOUDFORMATION, AWS_ENDPOINT_URL } = environmentSchema.parse(environment);
  return AWS_ENDPOINT_URL_CLOUDFORMATION ?? AWS_ENDPOINT_URL;
}
