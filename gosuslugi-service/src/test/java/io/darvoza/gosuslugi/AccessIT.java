package io.darvoza.gosuslugi;

import io.darvoza.common.test.infrastructure.RealInfrastructure;
import io.darvoza.common.test.infrastructure.Server;
import io.darvoza.common.test.security.ServiceAccess;

@RealInfrastructure(Server.POSTGRES)
class AccessIT extends ServiceAccess {}
