import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  paginateListUsers,
  paginateListUsersInGroup,
  UsernameExistsException,
  UserNotFoundException,
  type AttributeType,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { roleSchema, type Role } from '#core/people.ts';
import { UserError } from '../local/user-error.ts';

/** Somebody who may sign in. */
export interface Account {
  readonly email: string;
  /** Undefined: they may sign in and see nothing. */
  readonly role: Role | undefined;
  /** Cognito's word: `FORCE_CHANGE_PASSWORD` until an invitation is accepted, then `CONFIRMED`. */
  readonly status: string;
  readonly isEnabled: boolean;
  /** The only calls that a supervisor sees; with neither, all. */
  readonly campaigns?: string;
  readonly teams?: string;
  /** Their own telephone. */
  readonly extension?: string;
}

/** What of an account is kept in an attribute; an empty text removes it. */
export type AccountAttributes = Partial<Record<'campaigns' | 'teams' | 'extension', string>>;

const attributeName = (name: string) => `custom:${name}`;

/** The people of a deployment, in its Cognito user pool. */
export class UserPool {
  readonly #id: string;
  readonly #client: CognitoIdentityProviderClient;

  constructor(id: string, client: CognitoIdentityProviderClient) {
    this.#id = id;
    this.#client = client;
  }

  /** Everybody, by e-mail address. */
  async list(): Promise<Account[]> {
    const pages = { client: this.#client };
    const roles = new Map<string, Role>();
    // An admin may be in both groups.
    for (const role of roleSchema.options) {
      for await (const { Users = [] } of paginateListUsersInGroup(pages, { UserPoolId: this.#id, GroupName: role })) {
        for (const { Username = '' } of Users) roles.set(Username, role);
      }
    }
    const accounts: Account[] = [];
    for await (const { Users = [] } of paginateListUsers(pages, { UserPoolId: this.#id })) {
      for (const { Username = '', Attributes = [], UserStatus = 'UNKNOWN', Enabled = true } of Users) {
        const valueOf = (name: string) => Attributes.find(({ Name }) => Name === name)?.Value || undefined;
        const [campaigns, teams, extension] = ['campaigns', 'teams', 'extension'].map((name) =>
          valueOf(attributeName(name)),
        );
        accounts.push({
          email: valueOf('email') ?? Username,
          role: roles.get(Username),
          status: UserStatus,
          isEnabled: Enabled,
          ...(campaigns !== undefined && { campaigns }),
          ...(teams !== undefined && { teams }),
          ...(extension !== undefined && { extension }),
        });
      }
    }
    return accounts.sort((a, b) => (a.email < b.email ? -1 : 1));
  }

  /**
   * Creates an account; Cognito sends its temporary password, which is good for three days, to the address.
   * @throws {UserError} when there is one already
   */
  async invite(email: string, role: Role, attributes: AccountAttributes): Promise<void> {
    const UserAttributes: AttributeType[] = [
      { Name: 'email', Value: email },
      { Name: 'email_verified', Value: 'true' },
      ...attributesOf(attributes).filter(({ Value }) => Value !== ''),
    ];
    await this.#client
      .send(
        new AdminCreateUserCommand({
          UserPoolId: this.#id,
          Username: email,
          DesiredDeliveryMediums: ['EMAIL'],
          UserAttributes,
        }),
      )
      .catch((error: unknown) => {
        if (!(error instanceof UsernameExistsException)) throw error;
        throw new UserError(
          `${email} has an account already. Change it with "earshot people set", or send the invitation again with --resend.`,
        );
      });
    await this.setRole(email, role);
  }

  /** Sends an invitation again, with a new temporary password. */
  async resend(email: string): Promise<void> {
    await this.#of(email, (person) =>
      this.#client.send(
        new AdminCreateUserCommand({ ...person, MessageAction: 'RESEND', DesiredDeliveryMediums: ['EMAIL'] }),
      ),
    );
  }

  /** Sets the one role of an account; it takes effect within a minute. */
  async setRole(email: string, role: Role): Promise<void> {
    await this.#of(email, async (person) => {
      await this.#client.send(new AdminAddUserToGroupCommand({ ...person, GroupName: role }));
      const { Groups = [] } = await this.#client.send(new AdminListGroupsForUserCommand(person));
      const others = Groups.flatMap(({ GroupName }) => roleSchema.safeParse(GroupName).data ?? []);
      for (const other of others.filter((each) => each !== role)) {
        await this.#client.send(new AdminRemoveUserFromGroupCommand({ ...person, GroupName: other }));
      }
    });
  }

  /** Changes what is named; Cognito deletes an attribute that is set to nothing. */
  async setAttributes(email: string, attributes: AccountAttributes): Promise<void> {
    const UserAttributes = attributesOf(attributes);
    await this.#of(email, (person) =>
      this.#client.send(new AdminUpdateUserAttributesCommand({ ...person, UserAttributes })),
    );
  }

  /** @throws {UserError} when there is no such account */
  async check(email: string): Promise<void> {
    await this.#of(email, (person) => this.#client.send(new AdminGetUserCommand(person)));
  }

  /** Disables an account and revokes its refresh tokens; ID tokens already issued are refused within a minute. */
  async disable(email: string): Promise<void> {
    await this.#of(email, async (person) => {
      await this.#client.send(new AdminDisableUserCommand(person));
      await this.#client.send(new AdminUserGlobalSignOutCommand(person));
    });
  }

  async enable(email: string): Promise<void> {
    await this.#of(email, (person) => this.#client.send(new AdminEnableUserCommand(person)));
  }

  async #of(
    email: string,
    work: (person: { UserPoolId: string; Username: string }) => Promise<unknown>,
  ): Promise<void> {
    try {
      await work({ UserPoolId: this.#id, Username: email });
    } catch (error) {
      if (!(error instanceof UserNotFoundException)) throw error;
      throw new UserError(
        `${email} has no account in the user pool ${this.#id}. See who has one with "earshot people list".`,
      );
    }
  }
}

function attributesOf(attributes: AccountAttributes): AttributeType[] {
  return Object.entries(attributes).map(([name, value]) => ({ Name: attributeName(name), Value: value }));
}
