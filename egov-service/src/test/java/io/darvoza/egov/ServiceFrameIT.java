package io.darvoza.egov;

import io.darvoza.common.test.frame.ServiceFrame;

class ServiceFrameIT extends ServiceFrame {}
