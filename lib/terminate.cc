#include "terminate.h"

#include <exception>

extern "C" void opcit_terminate_with(void (*handler)(void))
{
	std::set_terminate(handler);
}
