package io.darvoza.egov;

import io.darvoza.common.test.frame.ServiceFrame;
import org.springframework.test.context.ContextConfiguration;

@ContextConfiguration(initializers = TestKeys.class)
class ServiceFrameIT extends ServiceFrame {}
