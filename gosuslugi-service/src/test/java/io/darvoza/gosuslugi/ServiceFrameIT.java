package io.darvoza.gosuslugi;

import io.darvoza.common.test.frame.ServiceFrame;

class ServiceFrameIT extends ServiceFrame {}
