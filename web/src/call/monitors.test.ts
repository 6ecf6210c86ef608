import { MONITOR_TIMEOUT_MS } from '#core/monitor.ts';
import { monitorOn } from '../live/example.ts';
import { outcomeOf } from './monitors.ts';

test('a request waits for its outcome for a minute', () => {
  const asked = monitorOn('pbx-1', 1);
  expect(outcomeOf(asked, asked.requestedAt + MONITOR_TIMEOUT_MS - 1)).toBe('requested');
  expect(outcomeOf(asked, asked.requestedAt + MONITOR_TIMEOUT_MS)).toBe('failed');
  const answered = monitorOn('pbx-1', 1, 'answered');
  expect(outcomeOf(answered, answered.requestedAt + MONITOR_TIMEOUT_MS)).toBe('answered');
});
