import { ManualClock } from '../clock.fake.ts';
import { type SttEngine, SttError } from './engine.ts';
import { EngineChoice } from './engine-choice.ts';

const engine = (name: string): SttEngine => ({
  name,
  replayRate: 1,
  maxChannels: 1,
  open: () => Promise.reject(new Error('not opened here')),
  close: () => Promise.resolve(),
});
const dropped = new SttError('dropped', { retryable: true });
const refused = new SttError('refused', { retryable: false });

describe('EngineChoice', () => {
  let clock: ManualClock;
  let choice: EngineChoice;
  beforeEach(() => {
    clock = new ManualClock();
    choice = new EngineChoice([engine('first'), engine('second')], clock);
  });

  it('falls back after three failures in a row, at once after a refusal', () => {
    expect([choice.failed(dropped, 0), choice.failed(dropped, 0)]).toEqual([250, 500]);
    expect(choice.current.name).toBe('first');
    expect(choice.failed(dropped, 0)).toBe(250);
    expect(choice.current.name).toBe('second');
    choice = new EngineChoice([engine('first'), engine('second')], clock);
    expect(choice.failed(refused, 0)).toBe(250);
    expect(choice.current.name).toBe('second');
  });

  it('goes back after a minute, on trial: one failure is enough to leave again', () => {
    for (let i = 0; i < 3; i++) choice.failed(dropped, 0);
    clock.advance(59_999);
    expect(choice.mayReturn()).toBe(false);
    clock.advance(1);
    expect(choice.mayReturn()).toBe(true);
    expect(choice.current.name).toBe('first');
    choice.failed(dropped, 0);
    expect(choice.current.name).toBe('second');
    clock.advance(60_000);
    expect(choice.mayReturn()).toBe(true);
    choice.worked();
    choice.failed(dropped, 0);
    expect(choice.current.name).toBe('first');
  });

  it('gives a refusal more time', () => {
    choice.failed(refused, 0);
    clock.advance(299_999);
    expect(choice.mayReturn()).toBe(false);
    clock.advance(1);
    expect(choice.mayReturn()).toBe(true);
  });

  it('gives up when both refuse, and tries on where there is no fallback', () => {
    choice.failed(refused, 0);
    expect(choice.failed(refused, 0)).toBeUndefined();
    choice = new EngineChoice([engine('only')], clock);
    for (let i = 0; i < 10; i++) expect(choice.failed(dropped, 0)).toBeGreaterThan(0);
    expect(choice.failed(refused, 0)).toBeUndefined();
  });
});
