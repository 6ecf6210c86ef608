import fc from 'fast-check';
import { z } from 'zod';
import { MAX_TRUNK_QUESTIONS, trunkQuestionSchema } from '#core/trunks.ts';
import { events } from './event-script.ts';
import { TrunkHints } from './trunk-hints.ts';

const comes = (name: string, context: string, linkedid = '1795399600.1') =>
  events.newchannel({ name, context, uniqueid: '1795399600.1', linkedid, number: '1' });

describe('hints at trunks', () => {
  it('are channels by which calls come in from outside again and again, and that no setting names', () => {
    const hints = new TrunkHints(['SIP/known-']);
    const feed = (...channels: [string, string][]) => {
      for (const [name, context] of channels) hints.event(comes(name, context));
    };
    feed(['PJSIP/mytrunk-00000001', 'from-trunk'], ['PJSIP/mytrunk-00000002', 'from-trunk-pjsip-mytrunk']);
    expect(hints.advice()).toEqual([]);
    feed(['PJSIP/mytrunk-00000003', 'from-trunk'], ['PJSIP/6001-00000004', 'from-internal']);
    for (let i = 0; i < 3; i++) feed([`SIP/known-0000000${i}`, 'from-pstn'], [`DAHDI/i1/55512${i}-1f`, 'from-digital']);
    const [asked, ...others] = hints.advice();
    expect(others).toEqual([]);
    expect(asked).toContain('PJSIP/mytrunk- (calls come in by the context from-trunk)');
    expect(asked).toContain('set EARSHOT_AMI_TRUNKS=SIP/known-,PJSIP/mytrunk-,DAHDI/i1/ and restart');
  });

  it('are channels whose calls had their sides swapped', () => {
    const hints = new TrunkHints([]);
    hints.swapped('IAX2/carrier-8543');
    expect(hints.advice().join()).toMatch(
      /IAX2\/carrier- \(sides were swapped by hand on a call\).*TRUNKS=IAX2\/carrier- /,
    );
  });

  it('end with the answer: a confirmed trunk leads outside from then on, the other is not asked about again', () => {
    const hints = new TrunkHints(['SIP/known-']);
    const { trunks } = hints;
    for (const name of ['IAX2/carrier-8543', 'PJSIP/desk-00000001']) hints.swapped(name);
    expect(hints.questions()).toEqual([
      { prefix: 'IAX2/carrier-', swaps: 1 },
      { prefix: 'PJSIP/desk-', swaps: 1 },
    ]);
    hints.answer({ prefix: 'IAX2/carrier-', leadsOutside: true });
    hints.answer({ prefix: 'PJSIP/desk-', leadsOutside: false });
    for (const name of ['IAX2/carrier-8544', 'PJSIP/desk-00000002']) hints.swapped(name);
    expect(hints.questions()).toEqual([]);
    expect(trunks).toEqual(['SIP/known-', 'IAX2/carrier-']);
    // An admin may think again, and a restart goes by the answers.
    hints.answer({ prefix: 'IAX2/carrier-', leadsOutside: false });
    expect(trunks).toEqual(['SIP/known-']);
    expect(new TrunkHints([], [{ prefix: 'PJSIP/desk-', leadsOutside: true }]).trunks).toEqual(['PJSIP/desk-']);
  });

  it('are such as a report may carry, whatever the channels are called', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 120 })),
        fc.string({ unit: 'binary' }),
        (names, context) => {
          const hints = new TrunkHints([]);
          for (const name of names) {
            const channel = `PJSIP/${name}-00000001`;
            hints.swapped(channel);
            hints.event(comes(channel, `from-trunk${context}`));
          }
          const questions = hints.questions();
          expect(z.array(trunkQuestionSchema).max(MAX_TRUNK_QUESTIONS).safeParse(questions).error).toBeUndefined();
        },
      ),
    );
  });

  it('are no channels that another channel called, nor Local ones', () => {
    const hints = new TrunkHints([]);
    for (let i = 0; i < 5; i++) {
      hints.event(comes('PJSIP/desk-00000001', 'from-trunk', '1795399500.1'));
      hints.event(comes('Local/700@from-trunk-00000001;2', 'from-trunk'));
    }
    expect(hints.advice()).toEqual([]);
  });
});
