package io.evenkeel.lab.aws;

/** STS, as far as it says who one is. */
final class StsApi implements ServiceApi {
    private final String accountId;

    StsApi(String accountId) {
        this.accountId = accountId;
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        if (!request.action().equals("GetCallerIdentity")) {
            throw ServiceApi.unknown(request);
        }
        return AwsResponse.query(request, result -> result.text("Arn", "arn:aws:iam::" + accountId + ":user/lab")
                .text("UserId", "AIDALAB").text("Account", accountId));
    }
}
