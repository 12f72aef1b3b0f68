package io.darvoza.bankingdocs;

import io.darvoza.common.test.frame.ServiceFrame;
import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import org.springframework.test.context.ContextConfiguration;

@RealInfrastructure({Server.POSTGRES, Server.KAFKA, Server.S3, Server.REDIS})
@ContextConfiguration(initializers = TestKeys.class)
class ServiceFrameIT extends ServiceFrame {}
