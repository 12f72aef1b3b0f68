package io.darvoza.gateway.routing;

import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Configuration;

/** Where the instances of each service come from. */
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = InstancesOfOneService.class)
class ServiceInstances {}
