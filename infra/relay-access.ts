import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { relaySourceOf, type RelayIdentity } from '#core/contracts/relay-identity.ts';
import type { InfraConfig } from './config.ts';
import type { DoorsStack } from './doors-stack.ts';
import { acknowledge } from './nag.ts';

export interface RelayAccessProps {
  readonly relay: RelayIdentity;
  readonly bus: EventBus;
  readonly doors: DoorsStack;
  readonly trustAnchorArn: InfraConfig['relayTrustAnchorArn'];
}

/** What one relay may do, as the relay it is and no other: a policy and, with a trust anchor, a role for its certificate. */
export class RelayAccess extends Construct {
  constructor(stack: Stack, { relay, bus, doors, trustAnchorArn }: RelayAccessProps) {
    super(stack, `Relay-${relay.relayId}`);
    const policy = new ManagedPolicy(this, 'Policy', {
      description: `What the Earshot relay ${relay.relayId} may do`,
      statements: [
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['events:PutEvents'],
          resources: [bus.eventBusArn],
          conditions: {
            // Every entry of a request, not one of them; and a request without a source is none of a relay.
            'ForAllValues:StringEquals': { 'events:source': relaySourceOf(relay) },
            Null: { 'events:source': 'false' },
          },
        }),
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['execute-api:Invoke'],
          resources: [doors.relayTicketsArn(relay.relayId)],
        }),
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['transcribe:StartStreamTranscription', 'transcribe:StartStreamTranscriptionWebSocket'],
          resources: ['*'],
        }),
      ],
    });
    acknowledge(policy, {
      'AwsSolutions-IAM5[Resource::*]': 'Transcribe’s streaming actions have no resources to name.',
    });
    new CfnOutput(stack, `RelayPolicyArn-${relay.relayId}`, { value: policy.managedPolicyArn });
    if (trustAnchorArn === undefined) return;
    const role = new Role(this, 'Role', {
      description: `What the Earshot relay ${relay.relayId} is while it works`,
      assumedBy: certificateOf(relay, trustAnchorArn).withSessionTags(),
      managedPolicies: [policy],
    });
    // Roles Anywhere also notes the certificate's CN as the session's source identity.
    role.assumeRolePolicy?.addStatements(
      new PolicyStatement({
        principals: [certificateOf(relay, trustAnchorArn)],
        actions: ['sts:SetSourceIdentity'],
      }),
    );
    new CfnOutput(stack, `RelayRoleArn-${relay.relayId}`, { value: role.roleArn });
  }
}

/** IAM Roles Anywhere, for a certificate that the trust anchor issued to this relay alone. */
function certificateOf({ relayId }: RelayIdentity, trustAnchorArn: string): ServicePrincipal {
  return new ServicePrincipal('rolesanywhere.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:PrincipalTag/x509Subject/CN': relayId },
      ArnEquals: { 'aws:SourceArn': trustAnchorArn },
    },
  });
}
