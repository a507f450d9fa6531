// libzmq as it is installed. Only the target Messaging imports this module.
#include <zmq.h>
