import { relayTicketSchema } from '#core/contracts/http/tickets.ts';
import { cloudVersionOf } from '#core/contracts/version.ts';
import { admin, now, problemOf, setUpApi } from './app.fake.ts';

const { api, stores } = setUpApi();

describe('a relay', () => {
  const open = async (authorizer: unknown, relayId = 'berlin-1') =>
    api().request(`/relay-tickets/${relayId}`, { method: 'POST' }, { event: { requestContext: { authorizer } } });

  it('whose signature and path API Gateway has checked gets a ticket of its own', async () => {
    const response = await open({ iam: { userArn: 'arn:aws:sts::1:assumed-role/relay/x' } });
    expect(response.status).toBe(201);
    const ticket = relayTicketSchema.parse(await response.json());
    expect(ticket).toMatchObject({ expiresAt: now + 30_000, cloud: cloudVersionOf('1.2.3') });
    expect(await stores().tickets.consume(ticket.ticket)).toEqual({ relayId: 'berlin-1' });
    for (const relayId of ['%20', 'a%2Fb', '..%2Fmunich-1', 'x'.repeat(65)]) {
      expect(await problemOf(await open({ iam: {} }, relayId))).toMatchObject({ status: 400, field: 'relayId' });
    }
  });

  it('is rejected with a person’s token, and on people’s routes', async () => {
    expect(await problemOf(await open({ jwt: { claims: admin } }))).toMatchObject({ status: 403 });
    const asRelay = { event: { requestContext: { authorizer: { iam: {} } } } };
    for (const path of ['/calls', '/me', '/settings']) {
      expect((await api().request(path, {}, asRelay)).status).toBe(403);
    }
  });
});
