// Lab factories: one function a lab; catalog.cpp lists them.
//
// Rejected  Objects that register themselves: a static library may drop them unseen.
#pragma once

#include <memory>

#include "engine/lab/lab.h"

namespace ringside::labs {

std::unique_ptr<lab::Lab> makePaymentGateway();
std::unique_ptr<lab::Lab> makeQueueing();
std::unique_ptr<lab::Lab> makeTierAvailability();

}  // namespace ringside::labs
