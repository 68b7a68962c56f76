import * as apigateway from 'aws-cdk-lib/aws-apigateway';

/** Who may call the API. */
export class ApiAuthorization {
  /** Callers sign with AWS credentials whose policy allows `execute-api:Invoke`; see `EtlApi.grantInvoke`. */
  public static iam(): ApiAuthorization {
    return new ApiAuthorization({ authorizationType: apigateway.AuthorizationType.IAM });
  }

  /** An authorizer of yours: a Lambda function, or Cognito user pools. */
  public static authorizer(authorizer: apigateway.IAuthorizer): ApiAuthorization {
    return new ApiAuthorization({ authorizer, authorizationType: authorizer.authorizationType });
  }

  /** Everybody who knows the URL. For tests, or behind a resource policy or network of your own. */
  public static none(): ApiAuthorization {
    return new ApiAuthorization({ authorizationType: apigateway.AuthorizationType.NONE });
  }

  private constructor(
    /** @internal */
    public readonly _methodOptions: apigateway.MethodOptions,
  ) {}
}
