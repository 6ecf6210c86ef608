import type { RelayTicket } from '#core/contracts/http/tickets.ts';
import { TicketError } from '../../control/ticket.ts';
import { checkVersions } from './versions.ts';

const installed = { version: '3.0.0', contractVersion: 3 };
const ticket: RelayTicket = { ticket: 'once', expiresAt: 1, url: 'wss://live.example' };
const answer = (contractVersion: number, oldestContractVersion: number) => ({
  ...ticket,
  cloud: { version: '2.5.0', contractVersion, oldestContractVersion },
});

test.each([
  ['a cloud that is older', answer(2, 1), 'relay 3.0.0 is too new for cloud 2.5.0', 'Upgrade the cloud first'],
  ['a cloud that states nothing', ticket, 'relay 3.0.0 is too new for a cloud before 0.2.0', 'cloud first'],
  ['a cloud that is too new', answer(5, 4), 'relay 3.0.0 is too old for cloud 2.5.0', 'Upgrade this relay'],
])('%s', (_, cloud, found, advice) => {
  const finding = checkVersions(installed, cloud, undefined);
  expect(finding.verdict).toBe('problem');
  expect(finding.found).toBe(found);
  expect(finding.advice).toContain(advice);
});

test.each([
  ['a cloud that fits', answer(4, 3), 'relay 3.0.0 and cloud 2.5.0 fit together'],
  ['no control channel', undefined, 'relay 3.0.0; without a control channel'],
  ['a cloud that gives no ticket', new TicketError('refused'), 'relay 3.0.0; without a control channel'],
])('%s', (_, cloud, found) => {
  const finding = checkVersions(installed, cloud, undefined);
  expect(finding.verdict).toBe('ok');
  expect(finding.found).toContain(found);
});
