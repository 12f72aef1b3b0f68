package io.darvoza.payments;

import io.darvoza.common.test.frame.ServiceFrame;

class ServiceFrameIT extends ServiceFrame {}
