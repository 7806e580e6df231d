package com.example;

import io.github.cdkekspodidentity.PodIdentityAssociation;
import software.amazon.awscdk.App;
import software.amazon.awscdk.services.s3.Bucket;

public class ExceedsApp {
    public static void main(String[] args) {
        App app = new App();
        TenantsStack stack = new TenantsStack(app, "Tenants");
        stack.addTenant("alpha");
        PodIdentityAssociation beta = stack.addTenant("beta");

        // The mistake: the role knows nothing of this bucket, so beta's pods would be denied.
        Bucket reports = new Bucket(stack, "Reports");
        reports.grantRead(beta);
        app.synth();
    }
}
