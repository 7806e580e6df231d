package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.cdkekspodidentity.EffectivePolicy;
import io.github.cdkekspodidentity.PodIdentityAssertions;
import io.github.cdkekspodidentity.PodPermissions;
import io.github.cdkekspodidentity.PodRequestOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;

/** What a Java user tests of their stack: what the pods of a tenant may do. */
class TenantsTest {
    private static TenantsStack stack;
    private static PodPermissions pods;

    @BeforeAll
    static void synthesize() {
        App app = new App();
        stack = new TenantsStack(app, "Tenants");
        stack.addTenant("alpha");
        stack.addTenant("beta");
        pods = PodIdentityAssertions.fromApp(app).serviceAccount("alpha", "app");
    }

    @Test
    void allowsWhatIsTheirs() {
        pods.allows("s3:GetObject", stack.bucket.arnForObjects("alpha/*"));
        pods.allows("s3:ListBucket", stack.bucket.getBucketArn(), PodRequestOptions.builder()
                .conditions(Map.of("StringEquals", Map.of("s3:prefix", "alpha/2026")))
                .build());
    }

    @Test
    void deniesWhatIsNot() {
        pods.denies("s3:*", stack.bucket.arnForObjects("beta/*"));
        pods.denies("sqs:*");
    }

    @Test
    void saysWhyAnAssertionFails() {
        RuntimeException error = assertThrows(RuntimeException.class,
                () -> pods.allows("s3:GetObject", stack.bucket.arnForObjects("beta/*")));
        assertTrue(error.getMessage().contains("(Tenants/alpha) are not allowed s3:GetObject"), error.getMessage());
    }

    @Test
    void showsTheEffectivePermissions() {
        EffectivePolicy effective = pods.effectivePermissions();
        assertTrue(effective.getDocument().toString().contains("s3:GetObject"));
        assertEquals(List.of(), effective.getOmitted());
    }
}
