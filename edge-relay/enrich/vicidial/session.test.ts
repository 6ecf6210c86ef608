import { sessionOf } from './session.ts';
import type { LiveAgentRow } from './tables.ts';

const agent = (user: string, more: Partial<LiveAgentRow> = {}) =>
  ({ user, conf_exten: '8600051', server_ip: '10.0.0.5', ...more }) as LiveAgentRow;
const calls = new Map([
  ['1001', 'berlin-1795399200.16'],
  ['1002', 'berlin-1795399300.20'],
]);

describe('sessionOf', () => {
  it('is that of the agent who has the call', () => {
    const agents = [agent('1001'), agent('1002', { conf_exten: '8600052' })];
    expect(sessionOf('berlin-1795399300.20', agents, calls)).toEqual({ sessionId: '8600052', serverIp: '10.0.0.5' });
  });

  it.each([
    ['whose agent is not logged in any more', 'berlin-1795399200.16', [agent('1002')]],
    ['whose agent sits in none', 'berlin-1795399200.16', [agent('1001', { conf_exten: undefined })]],
    ['that nobody has', 'berlin-1.1', [agent('1001')]],
  ])('is none of a call %s', (_what, callId, agents) => {
    expect(sessionOf(callId, agents, calls)).toBeUndefined();
  });
});
