package io.darvoza.identification;

import io.darvoza.common.test.frame.ServiceFrame;

class ServiceFrameIT extends ServiceFrame {}
