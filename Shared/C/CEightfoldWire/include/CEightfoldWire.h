#include "envelope.pb-c.h"
#include "items.pb-c.h"
#include "session.pb-c.h"
#include "work.pb-c.h"
