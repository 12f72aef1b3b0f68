package io.darvoza.payments;

import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.security.ServiceAccess;
import org.springframework.test.context.ContextConfiguration;

@RealInfrastructure(Server.POSTGRES)
@ContextConfiguration(initializers = TestKeys.class)
class AccessIT extends ServiceAccess {}
