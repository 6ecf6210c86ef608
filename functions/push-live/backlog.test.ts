import { exampleCall } from '#core/call/example-call.ts';
import { Backlog } from './backlog.ts';

describe('the metadata of a call before it is sent', () => {
  const at = (version: number, campaign: string) => ({ ...exampleCall, version, metadata: { campaign } });
  const { callId } = exampleCall;

  it('is that before the first of the changes that wait', () => {
    const backlog = new Backlog();
    backlog.add([at(2, 'SAVE')], [], () => ({ campaign: 'SALES' }));
    backlog.add([at(3, 'OTHER')], [], () => ({ campaign: 'SAVE' }));
    const batch = backlog.next();
    expect(batch?.calls).toMatchObject([{ metadata: { campaign: 'OTHER' } }]);
    expect(batch?.formerMetadata(callId)).toEqual({ campaign: 'SALES' });
    backlog.add([at(4, 'LAST')], [], () => ({ campaign: 'OTHER' }));
    expect(backlog.next()?.formerMetadata(callId)).toEqual({ campaign: 'OTHER' });
  });
});
