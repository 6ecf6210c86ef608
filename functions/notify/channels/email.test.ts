import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { startTestTable, type TestTable } from '../../adapters/table.fake.ts';
import { exampleNotice as notice } from '../notice.fake.ts';
import { emailNotifier } from './email.ts';

let test: TestTable;
beforeAll(async () => {
  test = await startTestTable();
}, 120_000);
afterAll(async () => {
  await test.stop();
});

describe('e-mail', () => {
  it('goes to each address, as HTML and as text', async () => {
    const client = new SESv2Client(test.client);
    await client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'earshot@e.example' }));
    await emailNotifier(client, 'earshot@e.example', ['a@e.example', 'b@e.example']).send(notice);
    const inbox = await (await fetch(`${test.client.endpoint}/_ministack/ses/messages`)).text();
    for (const part of ['Earshot WARNING: 7', 'a@e.example', 'b@e.example', 'Open the call', 'refund']) {
      expect(inbox).toContain(part);
    }
  });
});
