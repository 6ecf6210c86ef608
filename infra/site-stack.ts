import { Aws, type CfnElement, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import type { SiteConfig } from '#core/contracts/site.ts';
import { siteUrlOf, type InfraConfig } from './config.ts';
import type { DataStack } from './data-stack.ts';
import type { DoorsStack } from './doors-stack.ts';
import { acknowledge } from './nag.ts';

export interface SiteProps extends StackProps {
  readonly config: InfraConfig;
  readonly data: DataStack;
  readonly doors: DoorsStack;
  /** The built page; undefined uploads nothing. */
  readonly pageFolder: string | undefined;
}

/** The page: a bucket behind CloudFront. */
export class SiteStack extends Stack {
  /** The page's address. */
  readonly url: string;

  constructor(scope: Construct, id: string, { config, data, doors, pageFolder, ...props }: SiteProps) {
    super(scope, id, props);
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
      removalPolicy: config.stage === 'local' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    const cognitoUrl = `https://cognito-idp.${Aws.REGION}.amazonaws.com`;
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Earshot ${config.stage}`,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      ...(config.siteDomain !== undefined &&
        config.siteCertificateArn !== undefined && {
          domainNames: [config.siteDomain],
          certificate: Certificate.fromCertificateArn(this, 'Certificate', config.siteCertificateArn),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
      ...(config.webAclArn !== undefined && { webAclId: config.webAclArn }),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket as IBucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: this.#headers([
          doors.urls.api,
          originOf(doors.urls.webSocket),
          cognitoUrl,
          ...(data.loginUrl === undefined ? [] : [data.loginUrl]),
        ]),
      },
      // The page handles every path itself; S3 returns 403 for objects that it does not have.
      errorResponses: [403, 404].map((httpStatus) => ({
        httpStatus,
        responseHttpStatus: 200,
        responsePagePath: '/index.html',
        ttl: Duration.seconds(10),
      })),
    });

    if (pageFolder !== undefined) {
      const siteConfig: SiteConfig = {
        apiUrl: doors.urls.api,
        region: Aws.REGION,
        userPoolId: data.userPool.userPoolId,
        userPoolClientId: data.userPoolClient.userPoolClientId,
        cognitoUrl,
        ...(data.loginUrl !== undefined && { managedLoginUrl: data.loginUrl }),
      };
      const deployment = new BucketDeployment(this, 'Page', {
        destinationBucket: bucket as IBucket,
        sources: [Source.asset(pageFolder), Source.jsonData('config.json', siteConfig)],
        distribution,
        memoryLimit: 512,
      });
      this.#acceptUploader(deployment, bucket);
    }

    acknowledge(bucket, { 'AwsSolutions-S1': 'It contains nothing but the public page.' });
    acknowledge(distribution, {
      'AwsSolutions-CFR1': 'Supervisors may sign in from anywhere; the page holds no data.',
      'AwsSolutions-CFR2': 'The page is static files; the doors are guarded by tokens and throttles.',
      'AwsSolutions-CFR3': 'The page is the same for all and holds no data; the API keeps access logs.',
      'AwsSolutions-CFR4': 'CloudFront’s own certificate does not let us choose; a custom domain does.',
    });

    this.url = siteUrlOf(config) ?? `https://${distribution.distributionDomainName}`;
    new CfnOutput(this, 'SiteUrl', { value: this.url });
    new CfnOutput(this, 'SiteBucketName', { value: bucket.bucketName });
  }

  /** The permissions of CDK's own uploader cannot be narrowed. */
  #acceptUploader(deployment: BucketDeployment, bucket: Bucket): void {
    const uploader = deployment.handlerRole.node.scope;
    if (!uploader) return;
    const bucketName = String(this.resolve((bucket.node.defaultChild as CfnElement).logicalId));
    const wildcards = [
      'Resource::*',
      `Resource::<${bucketName}.Arn>/*`,
      'Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*',
      ...['GetObject', 'GetBucket', 'List', 'DeleteObject', 'Abort'].map((action) => `Action::s3:${action}*`),
    ];
    const reason = 'CDK’s uploader of the page: it runs at deployment only, on the page’s bucket and CDK’s own.';
    acknowledge(uploader, {
      'AwsSolutions-L1': reason,
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
        reason,
      ...Object.fromEntries(wildcards.map((wildcard) => [`AwsSolutions-IAM5[${wildcard}]`, reason])),
    });
  }

  #headers(connectTo: readonly string[]): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          override: true,
          contentSecurityPolicy: [
            "default-src 'self'",
            `connect-src 'self' ${connectTo.join(' ')}`,
            "img-src 'self' data:",
            "style-src 'self' 'unsafe-inline'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
          ].join('; '),
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
      },
    });
  }
}

/** A WebSocket's address without its path, because a content security policy matches paths exactly. */
function originOf(url: string): string {
  return url.replace(/\/live$/, '');
}
