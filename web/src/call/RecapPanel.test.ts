/** @jest-environment jsdom */
import { flushPromises } from '@vue/test-utils';
import { exampleAlert, said } from '#core/call/example-call.ts';
import type { Recap } from '#core/recap/recap.ts';
import { ApiError } from '../session/api-error.ts';
import { mounted } from '../live/mount.fake.ts';
import RecapPanel from './RecapPanel.vue';

const recap: Recap = {
  engine: 'extract',
  isFinal: false,
  madeAt: 1_795_399_300_000,
  lastSeq: 2,
  lines: 2,
  sentences: [
    { section: 'promised', text: 'I will call you tomorrow', isQuote: true, by: 'agent', due: 'tomorrow', seqs: [2] },
    { section: 'reason', text: 'my line is down', isQuote: true, by: 'caller', seqs: [1] },
    { section: 'promised', text: 'You get a letter.', isQuote: false, seqs: [2] },
  ],
};
const lines = [said({ seq: 1, endMs: 61_000, startMs: 60_000 }), said({ seq: 2, channel: 'agent' })];

const shown = async (api: () => Promise<Recap>, given = lines, isLive = true) => {
  const jumps: number[] = [];
  const { page, setProps } = mounted(RecapPanel, {
    props: { callId: 'a', isLive, lines: given, alerts: [], onJump: (atMs: number) => jumps.push(atMs) },
    api: { recap: api },
  });
  await flushPromises();
  return { page, jumps, setProps };
};

it('shows the sentences by section, says by when, and leads to their lines', async () => {
  const { page, jumps } = await shown(() => Promise.resolve(recap));
  expect(page.findAll('h3').map((title) => title.text())).toEqual(['Reason', 'Promised']);
  expect(page.findAll('.due').map((due) => due.text())).toEqual(['due tomorrow', 'no time given']);
  await page.find('.time').trigger('click');
  expect(jumps).toEqual([61_000]);
});

it('offers another catch-up once ten more lines were said, and asks only then', async () => {
  let asked = 0;
  const { page, setProps } = await shown(() => {
    asked++;
    return Promise.resolve(recap);
  });
  expect(page.text()).not.toContain('Catch up again');
  await setProps({ lines: [...lines, said({ seq: 12 })] });
  await page
    .findAll('button')
    .find((button) => button.text() === 'Catch up again')
    ?.trigger('click');
  expect(asked).toBe(2);
});

it('asks again once lines are there that the catch-up lacks', async () => {
  let asked = 0;
  const { setProps } = await shown(() => Promise.resolve({ ...recap, lastSeq: 3, lines: ++asked === 1 ? 2 : 3 }));
  expect(asked).toBe(1);
  await setProps({ lines: [...lines, said({ seq: 3 })] });
  await flushPromises();
  expect(asked).toBe(2);
});

it('asks again once an alert on its lines is there that it does not know', async () => {
  let asked = 0;
  const { setProps } = await shown(() => {
    asked++;
    return Promise.resolve(recap);
  });
  await setProps({ alerts: [{ ...exampleAlert, alertId: 'later~9', seq: 9 }] });
  expect(asked).toBe(1);
  await setProps({ alerts: [{ ...exampleAlert, seq: 1 }] });
  await flushPromises();
  await setProps({ alerts: [{ ...exampleAlert, seq: 1, state: 'acknowledged' }] });
  expect(asked).toBe(2);
});

it('says that the model failed, and that it shows extracts instead', async () => {
  const { page } = await shown(() => Promise.resolve({ ...recap, fellBack: 'The model did not answer in time.' }));
  expect(page.text()).toContain('The model did not answer in time.');
});

it('says what is wrong, and asks again', async () => {
  let asked = 0;
  const { page } = await shown(() => {
    asked++;
    return asked === 1 ? Promise.reject(new ApiError('network', 'No answer')) : Promise.resolve(recap);
  });
  await page.find('[role=alert] button').trigger('click');
  await flushPromises();
  expect(page.text()).toContain('my line is down');
});
