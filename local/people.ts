import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { LocalConfig } from './config.ts';

/** Who can sign in on this machine. The endpoint listens on loopback alone, so these are no secrets. */
export const people = [
  { email: 'supervisor@earshot.example', password: 'Listen-4-us', group: 'supervisor', extension: '6005' },
  { email: 'admin@earshot.example', password: 'Listen-4-us', group: 'admin', extension: '6006' },
] as const;

/** Makes sure that the local people exist in the user pool. */
export async function seedPeople({ aws }: LocalConfig, endpoint: string, userPoolId: string): Promise<void> {
  const cognito = new CognitoIdentityProviderClient({ endpoint, region: aws.region, credentials: aws });
  for (const { email, password, group, extension } of people) {
    const person = { UserPoolId: userPoolId, Username: email };
    await cognito
      .send(
        new AdminCreateUserCommand({
          ...person,
          MessageAction: 'SUPPRESS',
          UserAttributes: [
            { Name: 'email', Value: email },
            { Name: 'email_verified', Value: 'true' },
          ],
        }),
      )
      .catch((error: unknown) => {
        if (!(error instanceof UsernameExistsException)) throw error;
      });
    await cognito.send(
      new AdminUpdateUserAttributesCommand({
        ...person,
        UserAttributes: [{ Name: 'custom:extension', Value: extension }],
      }),
    );
    await cognito.send(new AdminSetUserPasswordCommand({ ...person, Password: password, Permanent: true }));
    await cognito.send(new AdminAddUserToGroupCommand({ ...person, GroupName: group }));
  }
  cognito.destroy();
}
