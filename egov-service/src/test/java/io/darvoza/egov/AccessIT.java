package io.darvoza.egov;

import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.security.AuthorisationMatrix.Examples;
import io.darvoza.common.test.security.ServiceAccess;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;

@RealInfrastructure(Server.POSTGRES)
@ContextConfiguration(initializers = TestKeys.class)
class AccessIT extends ServiceAccess {

    @Autowired
    private ApplicationContext service;

    @Override
    protected Examples examples() {
        return new OperationExamples(service)::of;
    }
}
