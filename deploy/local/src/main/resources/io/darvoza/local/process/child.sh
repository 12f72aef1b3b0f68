# Runs a command that ends when standard input closes: a pipe that the starter holds, so the system closes it even
# when the starter is killed. Arguments: the signal that asks the command to stop, then the command.
signal=$1
shift
exec 3<&0 </dev/null
"$@" 3<&- &
command=$!
trap 'kill -"$signal" $command 2>/dev/null' TERM INT HUP
(
  trap - TERM INT HUP
  read -r -u 3 _
  kill -"$signal" $command 2>/dev/null
  for _ in {1..100}; do
    sleep 0.25
    kill -0 $command 2>/dev/null || exit 0
  done
  kill -9 $command 2>/dev/null
) >/dev/null 2>&1 &
watcher=$!
exec 3<&-
# A trapped signal ends wait before the command has ended.
while :; do
  wait $command
  code=$?
  kill -0 $command 2>/dev/null || break
done
kill $watcher 2>/dev/null
exit $code
