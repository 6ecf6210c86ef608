import type { RingOutcome } from '#core/monitor.ts';
import type { Ticket } from '#core/contracts/http/tickets.ts';
import type { TrunkAnswer } from '#core/trunks.ts';
import type { Logger } from 'pino';
import type { Calls } from '../call/calls.ts';
import type { AmiTap } from '../capture/ami/tap.ts';
import type { Clock } from '../clock.ts';
import type { Announcements } from './announcement.ts';
import { ControlChannel } from './channel.ts';
import { monitorByAsterisk } from './monitor.ts';
import { type Request, Requests } from './requests.ts';
import { ring } from './ring.ts';
import { callTelephone, type TelephoneCall, type TelephoneOptions } from './telephones.ts';
import { monitorByVicidial, type SessionOf, type VicidialApi } from './vicidial-monitor.ts';

export interface ControlDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly openTicket: () => Promise<Ticket>;
  readonly calls: Pick<
    Calls,
    'liveCallIds' | 'watch' | 'unwatch' | 'unwatchAll' | 'agentLegs' | 'swapSides' | 'correctLanguage'
  >;
  /** An admin has answered a question about a trunk. */
  readonly answerTrunk: (answer: TrunkAnswer) => void;
  readonly telephones: TelephoneOptions;
  /** Undefined where Asterisk's manager interface is not used: nobody can be called then. */
  readonly asterisk: Pick<AmiTap, 'client' | 'channelOf'> | undefined;
  /** host:port at which Asterisk reaches the relay's AudioSocket. */
  readonly relayAddress: string;
  readonly announcements: Announcements;
  readonly speak: (sentence: string) => Promise<Int16Array>;
  /** Brings supervisors onto calls in the place of Asterisk's ChanSpy. */
  readonly vicidial: { readonly api: VicidialApi; readonly sessionOf: SessionOf } | undefined;
}

/** Carries out the requests of the cloud. */
export function startControl(dependencies: ControlDependencies): ControlChannel {
  const { calls, clock, log } = dependencies;
  const requests = new Requests({
    clock,
    log,
    act: (request) => carryOut(request, dependencies),
    report: ({ requestId, callId }, outcome) => {
      channel.sendOutcome(requestId, callId, outcome);
    },
  });
  const channel = new ControlChannel({
    clock,
    log,
    random: Math.random,
    openTicket: dependencies.openTicket,
    liveCallIds: () => calls.liveCallIds(),
    onForgotten: () => {
      calls.unwatchAll();
    },
    onCommand: (command) => {
      if (command.type === 'watch') calls.watch(command.callId);
      else if (command.type === 'unwatch') calls.unwatch(command.callId);
      else if (command.type === 'sides') calls.swapSides(command.callId, command.isSwapped);
      else if (command.type === 'language') calls.correctLanguage(command.callId, command.tag);
      else if (command.type === 'trunk') dependencies.answerTrunk(command);
      else requests.take(command);
    },
  });
  channel.start();
  return channel;
}

async function carryOut(request: Request, dependencies: ControlDependencies): Promise<RingOutcome> {
  const { asterisk, calls, log, telephones, vicidial } = dependencies;
  if (!telephones.allowed.test(request.extension)) {
    log.warn({ requestId: request.requestId }, 'EARSHOT_SUPERVISOR_EXTENSIONS does not allow this extension');
    return 'refused';
  }
  if (request.type === 'monitor' && vicidial) return monitorByVicidial(request, vicidial.api, vicidial.sessionOf, log);
  if (!asterisk) {
    log.error({ requestId: request.requestId }, 'nobody can be called without Asterisk: set EARSHOT_AMI_HOST');
    return 'failed';
  }
  const call = (telephone: TelephoneCall) => callTelephone(asterisk.client, telephones, telephone, log);
  const agentLegs = (callId: string) => calls.agentLegs(callId);
  return request.type === 'monitor'
    ? monitorByAsterisk(request, { agentLegs, call, channelOf: (uuid) => asterisk.channelOf(uuid) })
    : ring(request, { ...dependencies, agentLegs, call });
}
