import { fitOf } from '#core/contracts/version.ts';
import { TicketError } from '../../control/ticket.ts';
import type { CloudAnswer } from './control.ts';
import { type Diagnosis, ok, problem, warning } from './finding.ts';
import type { RunningRelay } from './running-relay.ts';

/** This program. */
export interface Installed {
  readonly version: string;
  readonly contractVersion: number;
}

/** Whether this relay fits together with the cloud, and is the one that runs. */
export function checkVersions(
  installed: Installed,
  answer: CloudAnswer | undefined,
  relay: RunningRelay | undefined,
): Diagnosis {
  const { version } = installed;
  if (relay && relay.version !== version)
    return warning(
      `the relay that runs is ${relay.version ?? 'older than 0.2.0'}, the one installed ${version}`,
      'systemctl restart earshot-relay starts the one installed.',
    );
  return answer === undefined || answer instanceof TicketError
    ? ok(`relay ${version}; without a control channel the cloud’s version is not known`)
    : checkFit(installed, answer);
}

function checkFit({ version, contractVersion }: Installed, { cloud }: Exclude<CloudAnswer, TicketError>): Diagnosis {
  const theCloud = cloud ? `cloud ${cloud.version}` : 'a cloud before 0.2.0';
  switch (fitOf(contractVersion, cloud)) {
    case 'fits':
      return ok(`relay ${version} and ${theCloud} fit together`);
    case 'upgrade-cloud':
      return problem(
        `relay ${version} is too new for ${theCloud}`,
        'Upgrade the cloud first: npm run deploy, from the project in the relay’s version or a later one.',
      );
    case 'upgrade-relay':
      return problem(
        `relay ${version} is too old for ${theCloud}`,
        'Upgrade this relay to the cloud’s version: docs/relay.md, Upgrade.',
      );
  }
}
