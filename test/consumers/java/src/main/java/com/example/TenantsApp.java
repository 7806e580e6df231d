package com.example;

import java.util.List;
import software.amazon.awscdk.App;

public class TenantsApp {
    public static void main(String[] args) {
        App app = new App();
        TenantsStack stack = new TenantsStack(app, "Tenants");
        for (String tenant : List.of("alpha", "beta", "gamma")) {
            stack.addTenant(tenant);
        }
        app.synth();
    }
}
