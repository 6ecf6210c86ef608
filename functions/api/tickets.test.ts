import { ticketSchema } from '#core/contracts/http/tickets.ts';
import { now, setUpApi } from './app.fake.ts';

const { ask, stores, changed } = setUpApi();

describe('a ticket', () => {
  it('is issued to a person for 30 s', async () => {
    const ticket = ticketSchema.parse(await (await ask('/tickets', { method: 'POST' })).json());
    expect(ticket.expiresAt).toBe(now + 30_000);
    expect(await stores().tickets.consume(ticket.ticket)).toMatchObject({ me: { person: { sub: 'u-1' } } });
  });

  it('carries the access that the person has now, and since when it is known', async () => {
    const access = { role: 'supervisor' as const, restriction: { teams: ['SAVE'] } };
    changed.set('u-1', access);
    const { ticket } = ticketSchema.parse(await (await ask('/tickets', { method: 'POST' })).json());
    expect(await stores().tickets.consume(ticket)).toMatchObject({ me: access, asOf: now });
    changed.clear();
  });
});
