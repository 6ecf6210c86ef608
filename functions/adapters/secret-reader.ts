import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Reads secrets of Secrets Manager by name; an empty one is an empty text. */
export function secretReader(client: Pick<SecretsManagerClient, 'send'>): (name: string) => Promise<string> {
  return async (name) => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    return SecretString ?? '';
  };
}
