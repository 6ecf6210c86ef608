import { ticketSchema } from '#core/contracts/http/tickets.ts';
import { now, setUpApi } from './app.fake.ts';

const { ask, stores } = setUpApi();

describe('a ticket', () => {
  it('is issued to a person for 30 s', async () => {
    const ticket = ticketSchema.parse(await (await ask('/tickets', { method: 'POST' })).json());
    expect(ticket.expiresAt).toBe(now + 30_000);
    expect(await stores().tickets.consume(ticket.ticket)).toMatchObject({ me: { person: { sub: 'u-1' } } });
  });
});
