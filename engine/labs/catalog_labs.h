// The factories of the labs, one a lab; catalog.cpp lists them.
#pragma once

#include <memory>

#include "engine/lab/lab.h"

namespace ringside::labs {

std::unique_ptr<lab::Lab> makePaymentGateway();
std::unique_ptr<lab::Lab> makeTierAvailability();

}  // namespace ringside::labs
