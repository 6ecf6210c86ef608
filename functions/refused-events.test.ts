import { EVENT_REFUSED } from '#core/contracts/counted-logs.ts';
import { CORE_SOURCE, RefusedEventError } from '#core/contracts/relay-identity.ts';
import { dropIfRefused } from './refused-events.ts';
import { log } from './telemetry.ts';

const claim = { type: 'UtteranceTranscribed', relayId: 'berlin-1', callId: 'berlin-17', text: 'my card is' };
const refused = async () => Promise.reject(new RefusedEventError('names another relay'));

describe('a refused event', () => {
  const logged = jest.spyOn(log, 'error').mockImplementation(() => undefined);
  afterEach(() => logged.mockClear());

  it('is dropped and counted, by its ids alone', async () => {
    await dropIfRefused('earshot.relay/rome-1/rome', claim, refused);
    const { text: _, ...ids } = claim;
    const fields = { source: 'earshot.relay/rome-1/rome', ...ids, reason: 'names another relay' };
    expect(logged.mock.calls).toEqual([[EVENT_REFUSED, fields]]);
  });

  it('of the cloud is late, and not counted', async () => {
    await dropIfRefused(CORE_SOURCE, claim, refused);
    expect(logged).not.toHaveBeenCalled();
  });

  it('is no other failure', async () => {
    const failing = dropIfRefused('earshot.relay/rome-1/rome', claim, async () => Promise.reject(new Error('down')));
    await expect(failing).rejects.toThrow('down');
  });
});
