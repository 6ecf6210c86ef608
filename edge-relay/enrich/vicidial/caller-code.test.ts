import fc from 'fast-check';
import { callerCodeIn } from './caller-code.ts';

describe('callerCodeIn', () => {
  it.each([
    ['V1231359450000884213', 'outbound', 884213],
    ['M1231359450000884213', 'outbound', 884213],
    ['Y1231359450000884213', 'inbound', 884213],
    ['M1231359450000884213 1001', 'outbound', 884213],
    ['"V1231359454294967295" <2125551234>', 'outbound', 4294967295],
    ['Y1231359450000000000', 'inbound', undefined],
  ])('reads %s', (name, direction, leadId) => {
    expect(callerCodeIn(name)).toEqual({ code: /[VMY]\d+/.exec(name)?.[0], direction, leadId });
  });

  it.each([
    'R Mills',
    '',
    'V123',
    'X1231359450000884213',
    'V12313594500008842131',
    'v1231359450000884213',
    'DCagcW1795399600cc100x',
  ])('takes %j for a name', (name) => {
    expect(callerCodeIn(name)).toBeUndefined();
  });

  it('never fails on a name', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        callerCodeIn(name);
      }),
    );
  });
});
